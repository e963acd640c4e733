// What the page says about itself: token, person, words in its language. Nothing else reads <meta>.

const meta = (name: string): string =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";

export const csrfToken = (): string => meta("csrf-token");
export const personId = (): string => meta("person");

/** A word of the page's language, from <template id="words" data-…> in parts/dialogs.html. */
export function word(name: string, n: string | number = ""): string {
  const text = document.getElementById("words")?.dataset[name] ?? name;
  return text.replace("%{n}", String(n));
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function button(className: string, text: string, act: () => void): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
