// Small conveniences; every page works without them.

// Copy buttons: <button data-copy="text">Copy</button>
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const before = button.dataset.label ?? button.textContent;
  button.dataset.label = before;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Select and copy by hand";
  }
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
});

// Countdown: <span data-until="milliseconds since 1970">; when it ends the part that holds it asks the server anew.
function tick() {
  for (const clock of document.querySelectorAll("[data-until]")) {
    const left = Math.max(0, Math.ceil((Number(clock.dataset.until) - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}
tick();
setInterval(tick, 500);
document.addEventListener("htmx:afterSettle", tick);

// A closed "why" gives the keyboard back to the link that opened it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-close-why]");
  if (!button) return;
  const row = button.closest(".opened");
  const opener = row.parentElement.querySelector(".why-link a");
  row.remove();
  opener?.focus();
});

// What was asked for but did not come is said, not swallowed. 403: the session or the form is over, so the
// page says how to get in again.
const trouble = document.querySelector("[data-trouble]");
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 403) location.reload();
  else trouble.hidden = false;
});
document.addEventListener("htmx:sendError", () => {
  trouble.hidden = false;
});
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.successful) trouble.hidden = true;
});

// One box ticks many: <input type="checkbox" data-choose="selector">
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-choose]");
  if (!all) return;
  for (const box of document.querySelectorAll(all.dataset.choose)) box.checked = all.checked;
});

// On a narrow screen the entry of this page is moved into sight. Not by scrollIntoView: the first Tab would then start from there.
for (const entry of document.querySelectorAll(":is(.menu, .boxes) [aria-current]")) {
  let row = entry.parentElement;
  // a list that hangs out of the row around it does not scroll itself
  while (row && (row.scrollWidth <= row.clientWidth || getComputedStyle(row).overflowX === "visible")) row = row.parentElement;
  if (!row || row === document.documentElement) continue;
  const [inner, outer] = [entry.getBoundingClientRect(), row.getBoundingClientRect()];
  // into the middle where it would lie at the edge, so that its neighbours show that there are more
  if (inner.left < outer.left + 24 || inner.right > outer.right - 24) row.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2;
}
