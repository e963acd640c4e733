// Plain forms: not sent twice on a slow line, the name of a dropped file shown, the token for htmx.
import { csrfToken } from "./page";

export function startForms(): void {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
  document.addEventListener("htmx:configRequest", (event) => {
    (event as CustomEvent).detail.headers["X-CSRF-Token"] = csrfToken();
  });
  for (const kind of ["dragenter", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      (event.target as Element).closest?.(".drop")?.classList.toggle("over", kind === "dragenter");
    });
  }
  // A page that comes back from the history has its buttons again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-again]")) return;
  if (form.hasAttribute("aria-busy")) event.preventDefault();
  form.setAttribute("aria-busy", "true");
}

function onChange(event: Event): void {
  const input = event.target as HTMLInputElement;
  if (input.matches("[data-autosubmit]")) input.form?.requestSubmit();
  const shown = input.closest(".drop")?.querySelector("[data-drop-name]");
  if (shown && input.files?.length) {
    shown.textContent = [...input.files].map((file) => `${file.name} (${size(file.size)})`).join(", ");
  }
}

function size(bytes: number): string {
  const kib = Math.ceil(bytes / 1024);
  const [amount, unit] = kib < 1024 ? [kib, "kB"] : [kib / 1024, "MB"];
  const digits = { maximumFractionDigits: unit === "MB" ? 1 : 0 };
  return `${amount.toLocaleString(document.documentElement.lang, digits)} ${unit}`;
}
