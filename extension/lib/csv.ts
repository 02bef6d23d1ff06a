/** Comma-separated values that spreadsheets open rightly and cannot be made to run. */

/** Tells spreadsheets that the file is UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";
/** A cell that starts so would be taken for a formula (OWASP, "CSV injection"). */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

export type Cell = string | number | null;

/** RFC 4180 text with a byte-order mark; text cells that look like formulas get a leading apostrophe. */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
