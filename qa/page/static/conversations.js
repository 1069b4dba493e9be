// Runs once in the list of conversations: opens, renames, deletes and saves them.

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
  if (dataset.do === "export") send("download");
  if (dataset.do === "clear") send("clear");
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) {
    event.target.parentElement.querySelector("button").click();
  }
});

watch("value", () => {
  const exported = element.querySelector(".qa-export");
  if (!exported) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([exported.value], { type: "text/markdown" }));
  link.download = "conversations.md";
  link.click();
  URL.revokeObjectURL(link.href);
  exported.remove();
});
