// Runs once in the list of articles: what is ticked, read and removed there.

element.addEventListener("change", ({ target }) => {
  const { choose } = target.dataset;
  if (choose) trigger("select", { key: choose, on: target.checked });
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
