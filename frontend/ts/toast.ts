// Messages at the corner: what was done, and the way back.
import { button, element, word } from "./page";

const SHOWN_MS = 9000;

export function toast(tone: string, text: string, action = "", act?: () => void): void {
  const region = document.getElementById("toasts");
  if (!region) return;
  const box = element("div", `toast ${tone}`);
  box.append(element("span", "", text));
  if (act) box.append(button("toast-action", action, () => (box.remove(), act())));
  const close = button("toast-close", "×", () => box.remove());
  close.ariaLabel = word("close");
  box.append(close);
  region.replaceChildren(box);
  // Someone who is reading or about to press keeps it.
  const leave = () => (box.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : box.remove());
  setTimeout(leave, SHOWN_MS);
}
