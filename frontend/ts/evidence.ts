// Uploads that outlive a bad line: each file goes in pieces with its offset, and after a cut from where it stands.
//
// Markup: form[data-upload=URL] with input[type=file] and [data-uploads] for the bars. Asked:
//   POST URL nama, ukuran, _csrf       201 {"id"}
//   PATCH URL/ID Upload-Offset, bytes  204 Upload-Offset; 409 with the offset where it stands
//   HEAD URL/ID                        200 Upload-Offset; 404 when it is gone
// Whole uploads are handed in with the form as `unggahan`. Which file belongs to which upload is kept in this browser,
// so that the same file chosen again after a reload goes on. Without script the form sends its files itself.
import { csrfToken, element } from "./page";

const PIECE_BYTES = 4 * 1024 * 1024;
const RETRY_MAX_MS = 30_000;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.hasAttribute("aria-busy")) void send(form);
  });
  form.querySelector(".camera input")?.addEventListener("change", () => {
    const main = form.querySelector<HTMLInputElement>(".drop input");
    if (main) main.required = false;
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  form.setAttribute("aria-busy", "true");
  const inputs = [...form.querySelectorAll<HTMLInputElement>("input[type=file]")];
  const files = inputs.flatMap((input) => [...(input.files ?? [])]);
  const bars = form.querySelector<HTMLElement>("[data-uploads]");
  try {
    for (const file of files) {
      const id = await sendFile(form.dataset.upload ?? "", file, bar(bars, file));
      const given = element("input", "");
      given.type = "hidden";
      given.name = "unggahan";
      given.value = id;
      form.append(given);
    }
    for (const input of inputs) input.disabled = true;
    form.submit();
    for (const file of files) localStorage.removeItem(keyOf(form.dataset.upload ?? "", file));
  } catch (problem) {
    form.removeAttribute("aria-busy");
    const told = element("p", "note bad", problem instanceof Error ? problem.message : String(problem));
    told.setAttribute("role", "alert");
    bars?.append(told);
  }
}

function bar(bars: HTMLElement | null, file: File): HTMLProgressElement {
  const line = element("label", "upload", file.name);
  const progress = element("progress", "");
  progress.max = Math.max(file.size, 1);
  progress.value = 0;
  line.append(progress);
  bars?.append(line);
  return progress;
}

async function sendFile(url: string, file: File, progress: HTMLProgressElement): Promise<string> {
  const key = keyOf(url, file);
  const [path = "", query = ""] = url.split("?");
  let id = localStorage.getItem(key) ?? "";
  let offset = id ? await standing(`${path}/${id}`) : -1;
  for (let tries = 0; offset < 0 || offset < file.size; ) {
    try {
      if (offset < 0) {
        id = await begin(query ? `${path}?${query}` : path, file);
        localStorage.setItem(key, id);
        offset = 0;
      } else {
        offset = await piece(`${path}/${id}`, file, offset);
      }
      tries = 0;
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
      await wait(Math.min(1000 * 2 ** tries, RETRY_MAX_MS));
      tries += 1;
      if (id) offset = await standing(`${path}/${id}`).catch(() => offset);
    }
    progress.value = Math.max(offset, 0);
  }
  return id;
}

class Refused extends Error {}

async function begin(url: string, file: File): Promise<string> {
  const body = new URLSearchParams({ nama: file.name, ukuran: String(file.size), _csrf: csrfToken() });
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json", "HX-Request": "true" } });
  const said = await answer.json().catch(() => ({}));
  if (answer.status >= 400 && answer.status < 500) throw new Refused(said.message ?? answer.statusText);
  if (!answer.ok) throw new Error(answer.statusText);
  return said.id;
}

async function piece(url: string, file: File, offset: number): Promise<number> {
  const body = file.slice(offset, offset + PIECE_BYTES);
  const headers = { "Upload-Offset": String(offset), "X-CSRF-Token": csrfToken(), Accept: "application/json", "Content-Type": "application/octet-stream" };
  const answer = await fetch(url, { method: "PATCH", body, headers });
  if (answer.ok || answer.status === 409) return Number(answer.headers.get("Upload-Offset"));
  if (answer.status === 404) return -1;
  if (answer.status < 500) throw new Refused(answer.statusText);
  throw new Error(answer.statusText);
}

/** Where an upload stands; -1 when it is gone. */
async function standing(url: string): Promise<number> {
  const answer = await fetch(url, { method: "HEAD" });
  if (answer.status === 404) return -1;
  if (!answer.ok) throw new Error(answer.statusText);
  return Number(answer.headers.get("Upload-Offset") ?? -1);
}

const keyOf = (url: string, file: File): string =>
  `unggahan:${url.split("?")[0]}:${file.name}:${file.size}:${file.lastModified}`;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
