// Runs once in the masthead. It sets up the frame: two panes or, in a narrow window and with
// `?embed`, the conversation alone, with the article in a sheet over it.

const root = document.documentElement;
const narrow = matchMedia("(max-width: 859px)");
const embedded = new URLSearchParams(location.search).has("embed");
const source = () => document.getElementById("source");
const question = () => document.querySelector("#question textarea");
const rest = () => [document.getElementById("conversation"), document.getElementById("masthead")];
let opener = null; // what had the focus when the sheet was opened

function isSheet() {
  return root.classList.contains("qa-sheet");
}

function close() {
  root.classList.remove("qa-open");
  rest().forEach((part) => (part.inert = false));
  // The opener may have been replaced since.
  (opener?.isConnected ? opener : question()).focus();
  opener = null;
}

function open() {
  if (!isSheet() || root.classList.contains("qa-open")) return;
  opener = document.activeElement;
  root.classList.add("qa-open");
  rest().forEach((part) => (part.inert = true));
}

function fit() {
  root.classList.toggle("qa-embed", embedded);
  root.classList.toggle("qa-sheet", embedded || narrow.matches);
  const sheet = isSheet();
  if (!sheet && root.classList.contains("qa-open")) close();
  source().setAttribute("role", sheet ? "dialog" : "region");
  source().setAttribute("aria-label", sheet ? "Articles" : "The article and its sources");
  if (sheet) source().setAttribute("aria-modal", "true");
  else source().removeAttribute("aria-modal");
}

// `qa:view` selects one of the two tabs: 0 to read, 1 to choose and add, 2 to go
// back to a conversation. With `quiet`, the sheet is not opened.
document.addEventListener("qa:view", ({ detail }) => {
  if (!detail.quiet) open();
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
  button.textContent = "Back to the conversation";
  button.addEventListener("click", close);
  source().prepend(button);
  const shade = document.createElement("div");
  shade.className = "qa-shade";
  shade.addEventListener("click", close);
  source().before(shade);
  document.addEventListener("qa:close", close);
  narrow.addEventListener("change", fit);
  fit();
  if (!embedded) question().focus(); // leave the focus to the embedding page
});
