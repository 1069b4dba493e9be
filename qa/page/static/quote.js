// Runs once in the button that stands by a selection in the article: it puts the words selected
// there, or the sentence that has the focus, into the question box as a quotation.

const MOST = 400; // characters; a question must have room beside them
const viewer = document.getElementById("article");
const holder = element.closest("#quote");
const button = element.querySelector("button");

function selected() {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const article = viewer.querySelector("article");
  return range && article?.contains(range.commonAncestorContainer) ? range : null;
}

// The words of a range without the numbers and page marks that stand in the text.
function words(range) {
  const copy = range.cloneContents();
  copy.querySelectorAll(".qa-back, .qa-page").forEach((part) => part.remove());
  copy.querySelectorAll("p, li, h2, h3, h4, td, th").forEach((part) => part.append(" "));
  const text = copy.textContent.replace(/\s+/g, " ").trim();
  return text.length <= MOST ? text : `${text.slice(0, MOST).replace(/\s\S*$/, "")} …`;
}

function ask() {
  const focused = document.activeElement?.closest('#article article [tabindex="-1"]');
  let range = selected();
  if (!range && focused) {
    range = document.createRange();
    range.selectNodeContents(focused);
  }
  const text = range && words(range);
  if (!text) return;
  const box = document.querySelector("#question textarea");
  box.value = `“${text}” ${box.value.replace(/^“[^”]*” ?/, "")}`;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  getSelection().removeAllRanges();
  place();
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

// The button stands below the end of the selection, where phones do not put their own.
function place() {
  const range = selected();
  const frame = viewer.getBoundingClientRect();
  const whole = range?.getBoundingClientRect();
  const outside = !whole || whole.bottom < frame.top || whole.top > frame.bottom;
  holder.hidden = outside || !words(range);
  if (holder.hidden) return;
  const boxes = range.getClientRects();
  const end = boxes[boxes.length - 1] ?? whole;
  const left = Math.min(end.right, frame.right - holder.offsetWidth - 8);
  const top = Math.min(Math.max(end.bottom + 6, frame.top), frame.bottom - holder.offsetHeight - 8);
  holder.style.left = `${Math.max(frame.left + 8, left)}px`;
  holder.style.top = `${top}px`;
}

button.addEventListener("mousedown", (event) => event.preventDefault()); // which would end the selection
button.addEventListener("click", ask);
document.addEventListener("qa:quote", ask);
document.addEventListener("selectionchange", place);
viewer.addEventListener("scroll", place);
place();
