// Runs once in the list of conversations: opens, renames and deletes them.

const panel = element.closest("#keeping");
const words = () => panel.querySelector("#searched")?.value ?? "";
const send = (name, data = {}) => trigger(name, { ...data, words: words() });
let typing = 0;

// The list is asked for whenever its tab is opened, and when it is searched.
new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && send("input")).observe(panel);
panel.addEventListener("input", ({ target }) => {
  if (target.id !== "searched") return;
  clearTimeout(typing);
  typing = setTimeout(send, 200, "input");
});

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { dataset } = button;
  if (dataset.reopen) {
    send("select", { id: dataset.reopen });
    document.dispatchEvent(new Event("qa:close"));
  }
  if (dataset.rename) {
    const name = document.getElementById(`name-${dataset.rename}`).value;
    send("edit", { id: dataset.rename, name });
  }
  if (dataset.delete) send("delete", { id: dataset.delete });
  if (dataset.undo) send("undo", { id: dataset.undo });
  if (dataset.take) {
    document.dispatchEvent(new CustomEvent("qa:take", { detail: { what: dataset.take, format: dataset.format } }));
  }
  if (dataset.do === "clear") send("clear");
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) {
    event.target.parentElement.querySelector("button").click();
  }
});
