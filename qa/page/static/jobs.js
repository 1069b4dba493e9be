// Runs once in the progress of what is being added: announces it, and keeps it in view.

element.setAttribute("role", "status");
element.addEventListener("click", ({ target }) => {
  if (target.dataset.do === "undo") trigger("undo", {});
});
watch("value", () => element.scrollIntoView({ block: "nearest" }));

// Report an upload that is too large, for which Gradio would only say "Error", by name and size.
function check(event, list) {
  if (!event.target.closest?.("#files")) return;
  const files = [...(list ?? [])];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size <= props.max) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.type === "change") event.target.value = "";
  trigger("input", { names: files.map((file) => file.name), size });
}
document.addEventListener("change", (event) => check(event, event.target.files), true);
document.addEventListener("drop", (event) => check(event, event.dataTransfer?.files), true);
