// Runs once beside the conversation: asks for a file to take along, and saves it when it comes.

// A word for the eye and for screen readers, on what no part of the page can tell in its own place.
const told = document.createElement("p");
told.className = "qa-taken qa-told";
told.setAttribute("role", "status");
element.closest("#taking").append(told);
document.addEventListener("qa:tell", ({ detail }) => {
  told.textContent = detail.sentence;
  setTimeout(() => told.textContent === detail.sentence && (told.textContent = ""), 8_000);
});

document.addEventListener("qa:take", ({ detail }) => trigger("download", detail));

watch("value", () => {
  const said = element.querySelector(".qa-taken");
  setTimeout(() => said?.remove(), 8_000);
  const file = element.querySelector(".qa-file");
  if (!file) return;
  const bytes = Uint8Array.from(atob(file.textContent), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.dataset.type }));
  link.download = file.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it late
  file.remove();
});
