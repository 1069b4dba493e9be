// Runs once in the list of articles: selects, opens and removes them.

element.addEventListener("change", ({ target }) => {
  if (!target.dataset.choose) return;
  // Send all ticked boxes, so that the last of several quick clicks is correct.
  const chosen = [...element.querySelectorAll("input:checked")].map((box) => box.dataset.choose);
  trigger("select", { chosen });
});

element.addEventListener("click", ({ target }) => {
  const { open, remove } = target.dataset;
  if (open) document.dispatchEvent(new CustomEvent("qa:read", { detail: { key: open } }));
  if (remove) trigger("delete", { key: remove });
});

// Once clicked, a box no longer follows its attribute.
watch("value", () => {
  element.querySelectorAll("input").forEach((box) => (box.checked = box.defaultChecked));
});
