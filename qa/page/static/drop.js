// Runs once above the panes: takes what is dropped anywhere on the page, or pasted or shared as a
// file, to the box for adding. One thing is added after the other, so that nothing gets lost.

const root = document.documentElement;
const waiting = []; // batches of files
let typed = false; // whether what is in the box is to be added next
let sent = null; // what is being added: its name, and whether the server has it
let sending = false; // whether a change of the box for files is of our own making
let inside = 0; // how many elements the pointer has entered while it drags something
let own = false; // whether what it drags is from this page

const has = (event, type) => event.dataTransfer?.types.includes(type);
const brings = (event) => !own && (has(event, "Files") || has(event, "text/uri-list"));
const namesOf = (files) => files.map((file) => file.name).join(", ");
const input = () => document.querySelector("#files input[type=file]");
const box = () => document.querySelector("#paste textarea");

function show() {
  document.dispatchEvent(new CustomEvent("qa:view", { detail: { tab: 1 } }));
}

function tell(sentence) {
  document.dispatchEvent(new CustomEvent("qa:tell", { detail: { sentence } }));
}

function next() {
  if (sent) return;
  if (typed) {
    typed = false;
    document.getElementById("add").click();
  } else if (waiting.length) send();
}

// The panel is built when it is first shown, and its box for files is not there during an upload.
function send() {
  if (!input()) return setTimeout(next, 100);
  const files = waiting.shift();
  const transfer = new DataTransfer();
  files.forEach((file) => transfer.items.add(file));
  begin(`${namesOf(files)}: the upload was interrupted, and nothing was added; add it again.`);
  input().files = transfer.files;
  sending = true;
  input().dispatchEvent(new Event("change", { bubbles: true }));
  sending = false;
}

// Nothing else is begun until the server has told how this ended.
function begin(failure, text = "") {
  sent = { failure, text, arrived: false };
  setTimeout(expect, 1_000);
}

function expect(quiet = 0) {
  if (!sent || sent.arrived) return;
  if (!input()) return setTimeout(expect, 500); // it is still on its way
  if (quiet < 5) return setTimeout(expect, 1_000, quiet + 1);
  tell(sent.failure);
  sent = null;
  next();
}

// What was typed has been read by the server; its box is free, unless it holds the next by now.
function arrive() {
  if (sent?.text && box().value === sent.text) fill("");
  sent = { arrived: true };
}

document.addEventListener("qa:jobs", ({ detail }) => {
  if (detail.busy) return arrive();
  if (!document.querySelector('#jobs [data-do="back"]')) arrive();
  sent = null;
  next();
});

function add(files) {
  show();
  if (sent || waiting.length) tell(`${namesOf(files)} will be added next.`);
  waiting.push(files);
  next();
}

function write(text) {
  show();
  if (!box()) return setTimeout(write, 100, text);
  fill(text);
  box().focus();
}

function fill(text) {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest?.("#add")) return;
    if (!sent) return begin("The server does not answer; what you typed is still in the box.", box().value);
    event.stopImmediatePropagation();
    typed = true;
    tell("It will be added as soon as the one before is finished.");
  },
  true,
);

// Files that were chosen wait their turn, too.
document.addEventListener(
  "change",
  (event) => {
    if (sending || !event.target.closest?.("#files")) return;
    event.stopImmediatePropagation();
    const files = [...event.target.files];
    event.target.value = "";
    if (files.length) add(files);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.closest?.("#paste")) return;
  if (event.shiftKey || event.ctrlKey || event.metaKey) document.getElementById("add").click();
});

const drag = (over) => root.classList.toggle("qa-dragging", over);
document.addEventListener("dragstart", () => (own = true), true);
document.addEventListener("dragend", () => (own = false), true);
document.addEventListener("dragenter", (event) => brings(event) && drag(++inside > 0), true);
document.addEventListener("dragleave", (event) => brings(event) && drag(--inside > 0), true);
document.addEventListener("dragover", (event) => brings(event) && event.preventDefault(), true);
document.addEventListener(
  "drop",
  (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    inside = 0;
    drag(false);
    const files = [...event.dataTransfer.files];
    if (files.length) add(files);
    else write(event.dataTransfer.getData("text/uri-list"));
  },
  true,
);
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  add(files);
});
document.addEventListener("qa:add", ({ detail }) => (detail.files?.length ? add(detail.files) : write(detail.text)));
