// Runs once in the list of articles: what is ticked, read and removed there.

element.addEventListener("change", ({ target }) => {
  if (!target.dataset.choose) return;
  // All that are ticked, so that the last of several quick clicks is right.
  const chosen = [...element.querySelectorAll("input:checked")].map((box) => box.dataset.choose);
  trigger("select", { chosen });
});

element.addEventListener("click", ({ target }) => {
  const { open, remove } = target.dataset;
  if (open) document.dispatchEvent(new CustomEvent("qa:read", { detail: { key: open } }));
  if (remove) trigger("delete", { key: remove });
});

// A box that was clicked no longer follows its attribute by itself.
watch("value", () => {
  element.querySelectorAll("input").forEach((box) => (box.checked = box.defaultChecked));
});
