// Runs before the page. In another site's frame the browser may deny access to its storage, which
// Gradio relies on; this replacement lasts until the page is reloaded.

try {
  void window.localStorage.length;
} catch {
  const kept = new Map();
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
  Object.defineProperty(window, "localStorage", { value: storage });
}
