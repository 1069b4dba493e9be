// Runs once in the news of what is being added: says it, and keeps it in view.

element.setAttribute("role", "status");
watch("value", () => element.scrollIntoView({ block: "nearest" }));

// What the server would not take, for which Gradio says "Error", is told by name and size instead.
function check(event, list) {
  if (!event.target.closest?.("#files")) return;
  const files = [...(list ?? [])];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size <= props.most) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.type === "change") event.target.value = "";
  trigger("input", { names: files.map((file) => file.name), size });
}
document.addEventListener("change", (event) => check(event, event.target.files), true);
document.addEventListener("drop", (event) => check(event, event.dataTransfer?.files), true);
