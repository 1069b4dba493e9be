// Runs once in the news of what is being added: says it, and keeps it in view.

element.setAttribute("role", "status");
watch("value", () => element.scrollIntoView({ block: "nearest" }));

// A file that Gradio would not send, and say "Error" to, is told by its name and size instead.
function check(event, files) {
  if (!event.target.closest?.("#files")) return;
  const large = [...(files ?? [])].find((file) => file.size > props.most);
  if (!large) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.type === "change") event.target.value = "";
  trigger("input", { name: large.name, size: large.size });
}
document.addEventListener("change", (event) => check(event, event.target.files), true);
document.addEventListener("drop", (event) => check(event, event.dataTransfer?.files), true);
