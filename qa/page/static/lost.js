// Runs once before the page: says so when the server cannot be reached, and what to do.

const LOST = "The server does not answer. Nothing is lost: what you typed is still in its box; try again in a moment.";
const reach = window.fetch;

window.fetch = async (...asked) => {
  try {
    return await reach(...asked);
  } catch (error) {
    const address = String(asked[0]?.url ?? asked[0]);
    if (error.name !== "AbortError" && address.includes("/queue/join")) {
      document.dispatchEvent(new CustomEvent("qa:tell", { detail: { sentence: LOST } }));
    }
    throw error;
  }
};
