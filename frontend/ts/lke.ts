// The worksheet: answers that save themselves, and the keyboard.
//
// Markup (templates/lke/row.html): a row `tr.lke-row` with `fieldset[data-answer=URL][data-was=JSON]` around radio
// buttons, counts (`input[name="isian.…"]`, `data-needed` when the answer is incomplete without it) or an index, a
// `textarea[data-note]`, a button `[data-agree]`, and `.lke-mark` where its state is told.
//
// Asked: PUT URL, form-encoded: the fields, `catatan`, `was` (what was last known to be saved), `setuju` when an
// assessor agrees, `_csrf`. Answers, all JSON:
//   200 {"value": "…", "fields": {…}, "note": "…", "saved": "09.41", "parts": {"ID": "<html>"}}   value: the next `was`
//   409 {"current": "{\"was\", \"text\", \"fields\", \"note\"}"}   somebody else changed it; the person chooses
//   422 {"message": "…"}   refused; what was typed is kept
// What was not acknowledged is kept in this browser and offered again, as with cells.
import { draftKey, replaceParts } from "./cells";
import { isTyping } from "./overlays";
import { button, csrfToken, element, word } from "./page";

type Fields = Record<string, string>;
type Answer = { value?: string; fields?: Fields; note?: string; saved?: string; current?: string; message?: string; parts?: Record<string, string> };
type Draft = { fields: Fields; note: string; was: string };

const TIMEOUT_MS = 20_000;
const RETRY_MAX_MS = 60_000;
const TYPING = "textarea, select, input:not([type=radio])";

const rows = new Map<HTMLElement, Row>();

class Row {
  was: string;
  chosen: string;
  private sending = false;
  private again = false;
  private tries = 0;
  private timer = 0;

  constructor(
    readonly line: HTMLElement,
    readonly box: HTMLFieldSetElement,
  ) {
    this.was = box.dataset.was ?? "";
    this.chosen = this.fields["jawaban"] ?? "";
  }

  get note(): HTMLTextAreaElement | null {
    return this.line.querySelector("[data-note]");
  }

  get inputs(): HTMLInputElement[] {
    return [...this.box.querySelectorAll("input")];
  }

  get fields(): Fields {
    const filled = this.inputs.filter((input) => (input.type === "radio" ? input.checked : input.value.trim() !== ""));
    return Object.fromEntries(filled.map((input) => [input.type === "radio" ? "jawaban" : input.name, input.value]));
  }

  set fields(fields: Fields) {
    for (const input of this.inputs) {
      if (input.type === "radio") input.checked = fields["jawaban"] === input.value;
      else input.value = fields[input.name] ?? "";
    }
    this.chosen = fields["jawaban"] ?? "";
  }

  /** Counts still to be filled before they are an answer; none when all are empty. */
  get missing(): string[] {
    const counts = this.inputs.filter((input) => input.dataset.needed !== undefined);
    const empty = counts.filter((input) => input.value.trim() === "");
    const begun = this.inputs.some((input) => input.type !== "radio" && input.value.trim() !== "");
    return begun ? empty.map((input) => input.closest("label")?.querySelector("span")?.textContent ?? input.name) : [];
  }

  async save(more: Fields = {}): Promise<void> {
    clearTimeout(this.timer);
    if (this.sending) return void (this.again = true);
    const missing = more["setuju"] ? [] : this.missing;
    this.keep();
    if (missing.length) return this.show("invalid", word("missing", missing.join(", ")));
    this.sending = true;
    this.again = false;
    this.show("saving", word("saving"));
    const sent = { ...this.fields, ...more, catatan: this.note?.value ?? "", was: this.was };
    const [status, answer] = await put(this.box.dataset.answer ?? "", sent);
    this.sending = false;
    this.settle(status, answer);
  }

  private settle(status: number, answer: Answer): void {
    if (status === 200) return this.accept(answer);
    if (status === 409) return this.ask(answer.current ?? "{}");
    if (status === 422) return this.refused(answer.message ?? word("refused"));
    const retry = [button("btn small", word("retry"), () => void this.save())];
    if (status === 401 || status === 403) return this.show("failed", word("signedout"), retry);
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      return this.show("failed", answer.message ?? word("refused"));
    }
    this.timer = setTimeout(() => void this.save(), Math.min(2000 * 2 ** this.tries++, RETRY_MAX_MS));
    this.show("failed", word("failed"), retry);
  }

  private accept(answer: Answer): void {
    this.tries = 0;
    this.was = answer.value ?? this.was;
    if (this.again) return void this.save();
    if (answer.fields && !this.box.contains(document.activeElement?.closest(TYPING) ?? null)) this.fields = answer.fields;
    forget(this.key);
    if (Object.keys(answer.fields ?? {}).length) this.box.querySelector("[data-agree]")?.remove();
    this.show("saved", `✓ ${word("saved", answer.saved ?? "")}`);
    replaceParts(answer.parts ?? {});
  }

  /** A different answer wants its reason: the note opens below the question. */
  private refused(message: string): void {
    this.show("invalid", message);
    this.openNote();
  }

  openNote(): void {
    const fold = this.note?.closest("details");
    if (fold) fold.open = true;
    this.note?.focus();
  }

  private ask(current: string): void {
    const theirs = JSON.parse(current) as { was?: string; text?: string; fields?: Fields; note?: string };
    const text = [theirs.text || word("empty"), theirs.note].filter(Boolean).join(" — ");
    const mine = button("btn small", word("mine"), () => ((this.was = theirs.was ?? ""), void this.save()));
    const take = button("btn small", word("theirs"), () => {
      this.was = theirs.was ?? "";
      this.fields = theirs.fields ?? {};
      if (this.note) this.note.value = theirs.note ?? "";
      forget(this.key);
      this.show("", "");
    });
    this.show("conflict", word("conflict"), [element("q", "", text), mine, take]);
  }

  resume(): void {
    const draft = kept(this.key);
    if (!draft) return;
    this.fields = draft.fields;
    if (this.note) this.note.value = draft.note;
    if (draft.was !== this.was) this.was = draft.was; // the server answers 409 and the person chooses
    void this.save();
  }

  private get key(): string {
    return draftKey(`lke:${this.box.dataset.answer}`);
  }

  private keep(): void {
    const draft: Draft = { fields: this.fields, note: this.note?.value ?? "", was: this.was };
    attempt(() => localStorage.setItem(this.key, JSON.stringify(draft)));
  }

  private show(state: string, text: string, more: HTMLElement[] = []): void {
    this.line.dataset.state = state;
    const mark = this.line.querySelector<HTMLElement>(".lke-mark");
    mark?.replaceChildren(...(text ? [element("span", "", text), ...more] : []));
    const overall = document.getElementById("saving");
    if (!overall) return;
    const waiting = [...rows.values()].filter((row) => ["failed", "invalid", "conflict"].includes(row.line.dataset.state ?? ""));
    overall.textContent = waiting.length ? `! ${word("waiting", waiting.length)}` : text;
    overall.dataset.state = waiting.length ? "failed" : state;
  }
}

function start(): void {
  const sheet = document.querySelector<HTMLElement>("[data-lke]");
  if (!sheet) return document.addEventListener("keydown", turnPage);
  for (const box of sheet.querySelectorAll<HTMLFieldSetElement>("[data-answer]")) {
    const line = box.closest<HTMLElement>(".lke-row");
    box.disabled = false;
    line?.querySelector("[data-note]")?.removeAttribute("readonly");
    if (line) rows.set(line, new Row(line, box));
  }
  sheet.addEventListener("change", (event) => void rowOf(event.target)?.save());
  sheet.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  sheet.querySelector("input[name=cari]")?.addEventListener("input", (event) => filter(sheet, event.target as HTMLInputElement));
  addEventListener("beforeunload", (event) => {
    if ([...rows.values()].some((row) => ["saving", "failed", "conflict"].includes(row.line.dataset.state ?? ""))) event.preventDefault();
  });
  for (const row of rows.values()) row.resume();
}

function rowOf(target: EventTarget | null): Row | undefined {
  const line = target instanceof Element ? target.closest<HTMLElement>(".lke-row") : null;
  return line ? rows.get(line) : undefined;
}

/** The chosen answer clicked once more is taken out; agreeing takes the other side's answer over. */
function onClick(event: Event): void {
  const target = event.target as HTMLElement;
  const row = rowOf(target);
  if (!row) return;
  if (target.closest("[data-agree]")) void row.save({ setuju: "ya" });
  if (!(target instanceof HTMLInputElement) || target.type !== "radio") return;
  if (row.chosen === target.value) {
    target.checked = false;
    row.chosen = "";
    void row.save();
  } else {
    row.chosen = target.value;
  }
}

// ---- keys

/** On the page of one question J and K turn to the next and the one before. */
function turnPage(event: KeyboardEvent): void {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const rel = { j: "next", k: "prev" }[event.key.toLowerCase()];
  if (rel && !isTyping(event.target)) document.querySelector<HTMLElement>(`a[rel=${rel}]`)?.click();
}

const NAMES: Record<string, string> = { y: "Ya", t: "Tidak" };

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const line = (event.target as Element).closest?.<HTMLElement>(".lke-row") ?? null;
  if (isTyping(event.target)) {
    if (event.key === "Escape") line?.focus();
    if (isFilter(event.target) && ["Enter", "Escape"].includes(event.key)) leaveFilter(event);
    return;
  }
  const act = keyAct(event.key.toLowerCase(), line);
  if (act) (event.preventDefault(), act());
}

function keyAct(key: string, line: HTMLElement | null): (() => void) | undefined {
  const row = line ? rows.get(line) : undefined;
  switch (key) {
    case "j":
      return () => move(line, 1);
    case "k":
      return () => move(line, -1);
    case "]":
      return () => jump(line, 1);
    case "[":
      return () => jump(line, -1);
    case "/":
      return () => document.querySelector<HTMLInputElement>("[data-lke] input[name=cari]")?.select();
    case "u":
      return line ? () => line.querySelector<HTMLElement>("[data-evidence]")?.click() : undefined;
    case "n":
      return row ? () => row.openNote() : undefined;
    case "enter":
      return line === document.activeElement && row ? () => row.inputs[0]?.focus() : undefined;
    default:
      return row ? choose(row, NAMES[key] ?? key.toUpperCase()) : undefined;
  }
}

function choose(row: Row, answer: string): (() => void) | undefined {
  const found = row.inputs.find((input) => input.type === "radio" && input.value === answer);
  if (!found) return undefined;
  return () => {
    row.line.focus();
    if (!found.checked) found.click();
  };
}

function move(line: HTMLElement | null, step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(".lke-row")].filter((each) => each.checkVisibility());
  const at = line ? all.indexOf(line) : step > 0 ? -1 : all.length;
  const next = all[at + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
}

/** The first question of the next area, or of this one and then the one before. */
function jump(line: HTMLElement | null, step: 1 | -1): void {
  const firsts = [...document.querySelectorAll<HTMLElement>(".lke-area")]
    .map((area) => [...area.querySelectorAll<HTMLElement>(".lke-row")].find((row) => row.checkVisibility()))
    .filter((row) => row !== undefined);
  const isAfter = (row: HTMLElement) => !line || (line.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
  const next = step > 0 ? firsts.find(isAfter) : firsts.findLast((row) => row !== line && !isAfter(row));
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
}

// ---- filter

const isFilter = (target: EventTarget | null) => target instanceof HTMLInputElement && target.name === "cari";

/** Enter goes to the first question found; Escape takes the words back and goes to the first of all. */
function leaveFilter(event: KeyboardEvent): void {
  const input = event.target as HTMLInputElement;
  const sheet = input.closest<HTMLElement>("[data-lke]");
  if (!sheet) return;
  event.preventDefault();
  if (event.key === "Escape") input.value = "";
  filter(sheet, input);
  move(null, 1);
}

function filter(sheet: HTMLElement, input: HTMLInputElement): void {
  const words = input.value.trim().toLowerCase();
  for (const line of sheet.querySelectorAll<HTMLElement>(".lke-row")) {
    line.hidden = !(line.dataset.words ?? "").toLowerCase().includes(words);
  }
  for (const part of sheet.querySelectorAll<HTMLElement>(".lke-table > tbody, .lke-area")) {
    part.hidden = !part.querySelector(".lke-row:not([hidden])");
  }
}

// ---- the server and the browser's memory

async function put(url: string, fields: Fields): Promise<[number, Answer]> {
  const token = csrfToken();
  try {
    const response = await fetch(url, {
      method: "PUT",
      keepalive: true,
      body: new URLSearchParams({ ...fields, _csrf: token }),
      headers: { "HX-Request": "true", "X-CSRF-Token": token, Accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.redirected) return [401, {}];
    return [response.status, await response.json().catch(() => ({}))];
  } catch {
    return [0, {}];
  }
}

/** A browser may refuse to keep anything; then what was typed is on the page only. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const forget = (key: string) => attempt(() => localStorage.removeItem(key));
const kept = (key: string) => attempt(() => JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null);

start();
