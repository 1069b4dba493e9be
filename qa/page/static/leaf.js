// Runs once below the article: shows the page of a PDF whose number is clicked there, if the server
// still has the PDF.

const viewer = document.getElementById("article");
const pane = element.closest("#leaf");
const key = () => viewer.querySelector(".qa-shown")?.dataset.key ?? "";
let asked = ""; // the article that the server was asked about last
let pictured = ""; // the one whose pages it can show
let opener = null; // the number that was clicked
pane.hidden = true;

function close() {
  if (pane.hidden) return;
  const had = pane.contains(document.activeElement);
  pane.hidden = true;
  if (had) (opener?.isConnected ? opener : viewer).focus();
}

function makeButtons() {
  if (!pictured || key() !== pictured) return;
  for (const mark of viewer.querySelectorAll("span.qa-page")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = mark.className;
    button.textContent = mark.textContent;
    button.dataset.page = mark.textContent.replace(/\D/g, "");
    button.setAttribute("aria-label", `Show ${mark.textContent} as it is printed`);
    mark.replaceWith(button);
  }
}

viewer.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-page]");
  if (!button) return;
  opener = button;
  trigger("select", { key: key(), page: Number(button.dataset.page) });
});
element.addEventListener("click", ({ target }) => target.closest("button") && close());
pane.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || pane.hidden) return;
  event.stopPropagation(); // the sheet stays open
  close();
});

watch("value", () => {
  const told = element.querySelector("[data-pages]");
  if (told) {
    pictured = told.dataset.pages;
    makeButtons();
  }
  if (!element.querySelector("figure")) return;
  pane.hidden = false;
  pane.scrollTo({ top: 0 });
  element.querySelector("button").focus();
  opener?.scrollIntoView({ block: "nearest" });
});

new MutationObserver(() => {
  const now = key();
  if (now !== asked) {
    asked = now;
    close();
    if (viewer.querySelector(".qa-page")) trigger("input", { key: now });
  }
  makeButtons();
}).observe(viewer, { childList: true, subtree: true });
