// Runs once in the masthead. It sets up the frame: two panes or, in a narrow window and with
// `?embed`, the conversation alone. Then the article comes in a sheet above the question box, which
// stays in use; lists and what is added come in a sheet over everything.

const root = document.documentElement;
const narrow = matchMedia("(max-width: 859px)");
const coarse = matchMedia("(pointer: coarse)");
const READING = 0; // the tab with the article
const embedded = new URLSearchParams(location.search).has("embed");
const source = () => document.getElementById("source");
const question = () => document.querySelector("#question textarea");
const rest = () => [document.getElementById("conversation"), document.getElementById("masthead")];
let opener = null; // what had the focus when the sheet was opened

function isSheet() {
  return root.classList.contains("qa-sheet");
}

function close() {
  if (!root.classList.contains("qa-open")) return;
  const hadFocus = source().contains(document.activeElement);
  root.classList.remove("qa-open", "qa-peek");
  rest().forEach((part) => (part.inert = false));
  // The opener may have been replaced since.
  if (hadFocus) (opener?.isConnected ? opener : question()).focus();
  opener = null;
}

function open(tab) {
  if (!isSheet()) return;
  if (!root.classList.contains("qa-open")) opener = document.activeElement;
  const below = innerHeight - document.getElementById("hints").getBoundingClientRect().top;
  root.style.setProperty("--qa-below", `${Math.ceil(below)}px`);
  root.classList.add("qa-open");
  cover(tab !== READING);
}

// Whether the sheet covers everything, or only what is above the question box.
function cover(all) {
  root.classList.toggle("qa-peek", !all);
  rest().forEach((part) => (part.inert = all));
  if (all) source().setAttribute("aria-modal", "true");
  else source().removeAttribute("aria-modal");
}

function fit() {
  root.classList.toggle("qa-embed", embedded);
  root.classList.toggle("qa-sheet", embedded || narrow.matches);
  root.classList.toggle("qa-touch", coarse.matches || narrow.matches);
  const sheet = isSheet();
  if (!sheet) close();
  source().setAttribute("role", sheet ? "dialog" : "region");
  source().setAttribute("aria-label", sheet ? "Articles" : "The article and its sources");
}

// `qa:view` selects one of the three tabs: 0 to read, 1 to choose and add, 2 to go back to a
// conversation. With `quiet`, the sheet is not opened.
document.addEventListener("qa:view", ({ detail }) => {
  if (!detail.quiet) open(detail.tab);
  const tab = source()?.querySelectorAll('[role="tab"]')[detail.tab];
  if (tab?.getAttribute("aria-selected") !== "true") tab?.click();
  if (detail.focus && isSheet()) tab?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.classList.contains("qa-open")) close();
});

requestAnimationFrame(function ready() {
  if (!source() || !question()) return requestAnimationFrame(ready);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "qa-close";
  button.setAttribute("aria-label", "Back to the conversation");
  button.textContent = "✕";
  button.addEventListener("click", close);
  source().prepend(button);
  const shade = document.createElement("div");
  shade.className = "qa-shade";
  shade.addEventListener("click", close);
  source().before(shade);
  document.addEventListener("qa:close", close);
  narrow.addEventListener("change", fit);
  source().addEventListener("click", ({ target }) => {
    const tab = target.closest('[role="tab"]');
    if (tab && isSheet()) cover(tab !== source().querySelector('[role="tab"]'));
  });
  fit();
  if (!embedded) question().focus(); // leave the focus to the embedding page
});
