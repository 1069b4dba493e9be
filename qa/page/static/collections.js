// Runs once above the list of articles: makes, asks, fills, renames and deletes collections.

const panel = element.closest("#adding");
const opened = new Set(); // names of the open details, which the server does not know
const chosen = () => [...panel.querySelectorAll("#library [data-choose]:checked")].map((box) => box.dataset.choose);

// Which of them is asked: the one that holds what is ticked, and nothing else.
function mark() {
  const asked = chosen().sort().join(" ");
  const all = panel.querySelectorAll("#library [data-choose]").length;
  element.querySelectorAll(".qa-only").forEach((button) => {
    const keys = button.closest("li").dataset.keys;
    const isAsked = keys === undefined ? chosen().length === all : keys !== "" && keys === asked;
    button.setAttribute("aria-pressed", isAsked);
  });
}

element.addEventListener("click", ({ target }) => {
  const summary = target.closest("summary");
  if (summary) {
    const { name } = summary.parentElement.dataset;
    if (!opened.delete(name)) opened.add(name);
  }
  const button = target.closest("button");
  if (!button) return;
  const { dataset } = button;
  if (dataset.only !== undefined) trigger("select", { id: dataset.only });
  if (dataset.do === "create") {
    opened.delete("new");
    trigger("submit", { name: document.getElementById("collection-name").value, chosen: chosen() });
  }
  if (dataset.rename) {
    opened.delete(dataset.rename);
    trigger("edit", { id: dataset.rename, name: document.getElementById(`named-${dataset.rename}`).value });
  }
  if (dataset.delete) trigger("delete", { id: dataset.delete });
  if (dataset.undo) trigger("undo", { id: dataset.undo });
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) {
    event.target.parentElement.querySelector("button").click();
  }
});

// In the row of an article: which collections it is in.
function fill(details) {
  const { key } = details.dataset;
  const boxes = [...element.querySelectorAll("[data-collection]")].map((row) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.dataset.put = row.dataset.collection;
    box.checked = row.dataset.keys.split(" ").includes(key);
    label.append(box, row.dataset.title);
    return label;
  });
  details.querySelector("div").replaceChildren(...boxes);
}

panel.addEventListener("toggle", ({ target }) => target.matches?.(".qa-in") && target.open && fill(target), true);
panel.addEventListener("change", ({ target }) => {
  if (target.dataset.put) {
    const { key } = target.closest(".qa-in").dataset;
    trigger("input", { id: target.dataset.put, key, inside: target.checked });
  }
  if (target.dataset.choose) mark();
});

watch("value", () => {
  element.querySelectorAll("details").forEach((details) => (details.open = opened.has(details.dataset.name)));
  panel.querySelectorAll(".qa-in[open]").forEach(fill);
  mark();
});
document.addEventListener("qa:library", mark);
