// Menus (<details class="menu">), dialogs (data-open="ID", data-close), search (Ctrl K), list of keys (?).
// The search asks the server for GET /cari?q=… with HX-Request: true and shows the fragment it answers:
//   <ul class="results"><li><a href="…">Title<span>where it is</span></a></li></ul>

const PAUSE_MS = 180;
const QUERY_MIN = 2;
const FLASH_MS = 9000;

export function startOverlays(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  startSearch();
  // A message with a way back stays until it is closed.
  for (const flash of document.querySelectorAll(".toast:not(:has(form))")) setTimeout(() => flash.remove(), FLASH_MS);
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
  const opener = target.closest<HTMLElement>("[data-open]");
  if (opener && !event.ctrlKey && !event.metaKey && show(opener.dataset.open ?? "")) event.preventDefault();
  if (target.closest("[data-close]") || target instanceof HTMLDialogElement) {
    target.closest("dialog")?.close();
  }
  if (target.closest("[data-dismiss]")) target.closest(".toast")?.remove();
  if (target.closest("[data-print]")) print();
}

function onKey(event: KeyboardEvent): void {
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    if (show("search")) event.preventDefault();
  } else if (event.key === "?" && !command && !isTyping(event.target)) {
    show("help");
  } else if (event.key === "Escape") {
    closeMenus();
  }
}

function openMenus(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")];
}

function closeMenus(): void {
  for (const menu of openMenus()) {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary")?.focus();
  }
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

function show(id: string): boolean {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return false;
  if (!dialog.open && !document.querySelector("dialog[open]")) dialog.showModal();
  dialog.querySelector<HTMLInputElement>("input[type=search]")?.select();
  return true;
}

function startSearch(): void {
  const dialog = document.getElementById("search");
  const input = dialog?.querySelector<HTMLInputElement>("input[name=q]");
  const results = dialog?.querySelector<HTMLElement>(".search-results");
  if (!dialog || !input || !results) return;
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => find(input, results), PAUSE_MS);
  });
  dialog.addEventListener("keydown", (event) => walk(event, dialog));
}

async function find(input: HTMLInputElement, results: HTMLElement): Promise<void> {
  const query = input.value.trim();
  const say = (text = "") => (results.replaceChildren(document.createElement("p")), (results.firstElementChild!.textContent = text));
  if (query.length < QUERY_MIN) return void say(results.dataset.empty);
  try {
    const answer = await fetch(`/cari?q=${encodeURIComponent(query)}`, { headers: { "HX-Request": "true" } });
    const html = await answer.text();
    if (input.value.trim() !== query) return; // a newer question is on its way
    if (answer.ok && !answer.redirected) results.innerHTML = html;
    else say(results.dataset.failed);
  } catch {
    say(results.dataset.failed);
  }
}

/** ↑ and ↓ go through the field and the links of the results. */
function walk(event: KeyboardEvent, dialog: HTMLElement): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...dialog.querySelectorAll<HTMLElement>("input[name=q], .search-results a")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
