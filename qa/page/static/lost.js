// Runs once before the page: says so when the server cannot be reached, and keeps what is typed.
// Gradio reloads the page by itself once the server is back.

const LOST = "The server does not answer. Nothing is lost: what you typed is still in its box; try again in a moment.";
const DRAFTS = "ask-the-article-drafts";
const BOXES = ["#question textarea", "#paste textarea"];
const reach = window.fetch;
let lost = false; // whether the server could not be reached since the page was opened

window.fetch = async (...asked) => {
  try {
    return await reach(...asked);
  } catch (error) {
    const address = String(asked[0]?.url ?? asked[0]);
    lost ||= error.name !== "AbortError";
    if (error.name !== "AbortError" && address.includes("/queue/join")) {
      document.dispatchEvent(new CustomEvent("qa:tell", { detail: { sentence: LOST } }));
    }
    throw error;
  }
};

function keep() {
  if (!lost) return sessionStorage.removeItem(DRAFTS);
  const drafts = BOXES.map((box) => document.querySelector(box)?.value ?? "");
  sessionStorage.setItem(DRAFTS, JSON.stringify(drafts));
}

// The boxes are built some time after the page has been opened.
function giveBack(selector, text) {
  const box = document.querySelector(selector);
  if (!box) return setTimeout(giveBack, 300, selector, text);
  if (box.value) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

try {
  const drafts = JSON.parse(sessionStorage.getItem(DRAFTS) ?? "[]");
  drafts.forEach((text, number) => text && giveBack(BOXES[number], text));
  addEventListener("pagehide", keep);
} catch {
  // In another site's frame the browser may deny access to its storage.
}
