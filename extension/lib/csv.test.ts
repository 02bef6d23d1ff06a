import fc from "fast-check";
import { expect, it } from "vitest";
import { type Cell, toCsv } from "./csv";

/** A strict RFC 4180 reader, written apart from the writer. */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 1; // after the byte-order mark
  while (at < csv.length) {
    let value = "";
    if (csv[at] === '"') {
      for (at += 1; !(csv[at] === '"' && csv[at + 1] !== '"'); at += 1) {
        if (csv[at] === '"') at += 1;
        value += csv[at];
      }
      at += 1;
    } else for (; csv[at] !== "," && csv[at] !== "\r"; at += 1) value += csv[at];
    row.push(value);
    if (csv[at] === ",") at += 1;
    else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}

const shown = (cell: Cell): string => (cell === null ? "" : String(cell));
const isFormula = (text: string): boolean => /^[=+\-@\t\r＝＋－＠]/.test(text);

it("gives back every cell, formulas defused", () => {
  const cell = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("=1+1", "+a", "-b", "@c", "\td", 'q"u,o\r\nte', "＝x"),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
      const found = read(toCsv(["first", "second"], rows));
      expect(found[0]).toEqual(["first", "second"]);
      const expected = rows.map((row) =>
        row.map((value) => (typeof value === "string" && isFormula(value) ? `'${value}` : shown(value))),
      );
      expect(found.slice(1)).toEqual(expected);
    }),
  );
});

it("starts with a byte-order mark", () => {
  expect(toCsv(["a"], [])).toBe("\ufeffa\r\n");
});
