// Runs once below the conversations: exports and deletes everything that is the visitor's.

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const what = button.dataset.take;
  if (what) document.dispatchEvent(new CustomEvent("qa:take", { detail: { what } }));
  if (button.dataset.do === "clear") trigger("clear", {});
});
