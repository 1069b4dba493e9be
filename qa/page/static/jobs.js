// Runs once in the progress of what is being added: announces it, and keeps it in view.

element.setAttribute("role", "status");
element.addEventListener("click", ({ target }) => {
  if (target.dataset.do === "undo") trigger("undo", {});
  if (target.dataset.do === "back") giveBack(target);
});

// What was typed and could not be added returns to its box, unless something else is there by now.
function giveBack(button) {
  const box = document.querySelector("#paste textarea");
  box.value = button.dataset.text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  button.remove();
}

watch("value", () => {
  element.scrollIntoView({ block: "nearest" });
  const back = element.querySelector('[data-do="back"]');
  if (back && !document.querySelector("#paste textarea").value) giveBack(back);
  document.dispatchEvent(new CustomEvent("qa:jobs", { detail: { busy: !!element.querySelector(".qa-busy") } }));
});

// Report an upload that is too large, for which Gradio would only say "Error", by name and size.
document.addEventListener(
  "change",
  (event) => {
    if (!event.target.closest?.("#files")) return;
    const files = [...(event.target.files ?? [])];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size <= props.max) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.value = "";
    trigger("input", { names: files.map((file) => file.name), size });
  },
  true,
);
