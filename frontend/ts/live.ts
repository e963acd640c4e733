// Parts of a page that follow what happens on the server: the server says that something changed, the part is fetched
// again. Without script, or when the line breaks, the page stays as it was loaded.

export function startLive(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) follow(part);
}

function follow(part: HTMLElement): void {
  const source = new EventSource(part.dataset["live"] ?? "");
  source.addEventListener("berubah", () => void refresh(part.id));
}

async function refresh(id: string): Promise<void> {
  const shown = document.getElementById(id);
  // Whoever is about to press a button there is not disturbed.
  if (shown === null || shown.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(id);
  if (fresh !== null) shown.replaceChildren(...fresh.childNodes);
}
