// Runs once in the list of articles: selects, opens, renames and removes them; searches and sorts.

const panel = element.closest("#adding");

element.addEventListener("change", ({ target }) => {
  if (!target.dataset.choose) return;
  // Send all ticked boxes, so that the last of several quick clicks is correct.
  const chosen = [...element.querySelectorAll("[data-choose]:checked")];
  trigger("select", { chosen: chosen.map((box) => box.dataset.choose) });
});

element.addEventListener("click", ({ target }) => {
  const { open, remove, rename } = target.dataset;
  if (open) document.dispatchEvent(new CustomEvent("qa:read", { detail: { key: open } }));
  if (remove) trigger("delete", { key: remove });
  if (rename) {
    trigger("edit", { key: rename, name: document.getElementById(`title-${rename}`).value });
  }
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".qa-name")) {
    event.target.parentElement.querySelector("button").click();
  }
});

function arrange() {
  const list = element.querySelector("ul");
  if (!list) return;
  const words = (panel.querySelector("#found")?.value ?? "").toLowerCase().split(/\s+/);
  const by = panel.querySelector("#sorted")?.value ?? "";
  const rows = [...list.children];
  for (const row of rows) {
    const text = `${row.querySelector("label").textContent} ${row.dataset.day}`.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
  const title = (row) => row.querySelector("label").textContent;
  rows.sort((a, b) => {
    if (by === "day" && a.dataset.day !== b.dataset.day) return a.dataset.day < b.dataset.day ? 1 : -1;
    const papers = by === "paper" ? a.dataset.paper.localeCompare(b.dataset.paper) : 0;
    return papers || title(a).localeCompare(title(b));
  });
  list.append(...rows);
}
// Not on "change", which comes with the click that leaves the field: its button would move away.
panel.addEventListener("input", ({ target }) => {
  if (target.id === "found" || target.id === "sorted") arrange();
});
arrange();

// Once clicked, a box no longer follows its attribute.
watch("value", () => {
  element.querySelectorAll("[data-choose]").forEach((box) => (box.checked = box.defaultChecked));
  arrange();
  document.dispatchEvent(new Event("qa:library"));
});
