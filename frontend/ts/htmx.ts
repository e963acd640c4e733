// htmx in a file of its own: it changes rarely, so browsers keep it when our script changes.
import htmx from "htmx.org";

declare global {
  interface Window {
    htmx: unknown;
  }
}
window.htmx = htmx;
