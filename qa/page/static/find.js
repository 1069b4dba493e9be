// Runs once in the box above the article that finds words in it. What is found is painted over the
// text, whose elements stay as they are.

const MOST = 1000; // matches; more are told as so many
const article = () => document.querySelector("#article article");
const input = element.querySelector("input");
const count = element.querySelector("output");
const [all, here] = globalThis.Highlight ? [new Highlight(), new Highlight()] : [];
here && (here.priority = 1);
all && CSS.highlights.set("qa-found", all);
here && CSS.highlights.set("qa-here", here);
let matches = []; // ranges, in the order of the text
let current = -1;
let typing = 0;

// Letters without accents, vowel signs and case; quotation marks, dashes and spaces of one kind.
function plain(text) {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}\u0640]/gu, "")
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐-―−]/g, "-")
    .replace(/\s/g, " ")
    .toLowerCase();
}

// The article's text made plain, and for each of its characters where it stands.
function read(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".qa-back, .qa-page, .qa-notice") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const places = [];
  let text = "";
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const within = node.parentElement.closest("p, li, h2, h3, h4, td, th, article");
    if (within !== block && text) {
      text += "\n"; // nothing typed holds a line's end: no match reaches over a paragraph's
      places.push([node, 0, 0]);
    }
    block = within;
    let at = 0;
    for (const letter of node.data) {
      const parts = plain(letter);
      const last = places[places.length - 1];
      if (!parts && last?.[0] === node) last[2] = at + letter.length; // a sign belongs to its letter
      for (const part of parts) {
        if (part === " " && /[ \n]$/.test(text)) continue;
        text += part;
        for (let unit = 0; unit < part.length; unit++) places.push([node, at, at + letter.length]);
      }
      at += letter.length;
    }
  }
  return [text, places];
}

function search() {
  const words = plain(input.value).replace(/ +/g, " ").trim();
  const root = article();
  matches = [];
  if (words && root) {
    const [text, places] = read(root);
    for (let at = text.indexOf(words); at >= 0 && matches.length < MOST; at = text.indexOf(words, at + words.length)) {
      const [first, start] = places[at];
      const [last, , end] = places[at + words.length - 1];
      const range = document.createRange();
      range.setStart(first, start);
      range.setEnd(last, end);
      matches.push(range);
    }
  }
  all?.clear();
  matches.forEach((range) => all?.add(range));
  element.toggleAttribute("data-words", Boolean(words));
  document.getElementById("reader").classList.toggle("qa-finding", Boolean(words));
}

function tell() {
  const total = matches.length < MOST ? matches.length.toLocaleString("en") : `${MOST.toLocaleString("en")} or more`;
  if (!plain(input.value).trim()) count.textContent = "";
  else count.textContent = matches.length ? `${current + 1} of ${total}` : "Not found";
}

// The match at or after what is in view is the first one.
function nearest() {
  const top = document.getElementById("article").getBoundingClientRect().top;
  const found = matches.findIndex((range) => range.getBoundingClientRect().bottom > top);
  return matches.length ? Math.max(found, 0) : -1;
}

function show(index) {
  current = matches.length ? (index + matches.length) % matches.length : -1;
  here?.clear();
  tell();
  const range = matches[current];
  if (!range) return;
  here?.add(range);
  if (!here) getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  const viewer = document.getElementById("article");
  const box = range.getBoundingClientRect();
  const frame = viewer.getBoundingClientRect();
  if (box.top < frame.top + 60 || box.bottom > frame.bottom - 30) {
    viewer.scrollTo({ top: viewer.scrollTop + box.top - frame.top - frame.height / 3 });
  }
}

// Leave the box for the sentence that was found.
function leave() {
  const found = matches[current]?.startContainer.parentElement.closest("[tabindex]");
  input.value = "";
  search();
  show(-1);
  (found ?? document.getElementById("article")).focus({ preventScroll: true });
}

input.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    search();
    show(nearest());
  }, 120);
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === input) {
    event.preventDefault();
    show(current + (event.shiftKey ? -1 : 1));
  }
  if (event.key === "Escape" && input.value) {
    event.stopPropagation(); // the sheet stays open
    leave();
  }
});
element.addEventListener("click", ({ target }) => {
  const { step } = target.dataset;
  if (step) show(current + Number(step));
});
document.addEventListener("qa:find", () => {
  input.focus();
  input.select();
});

// Another article, or other sentences of it cited: find the words there, too.
let before = null;
new MutationObserver(() => {
  if (article() === before) return;
  before = article();
  if (!input.value) return;
  search();
  current = nearest();
  here?.clear();
  if (current >= 0) here?.add(matches[current]);
  tell();
}).observe(document.getElementById("article"), { childList: true, subtree: true });
