import { describe, expect, it } from "vitest";
import { faultOf, headOf } from "./file-checks";

const file = (name: string, text = "a,b\n") => new File([text], name);

describe("faultOf", () => {
  it.each(["May.CSV", "export.tsv", "customers.xlsx", "big.csv.gz", "a.parquet"])(
    "takes %s",
    (name) => {
      expect(faultOf(file(name), 100)).toBeNull();
    },
  );

  it.each([
    ["old.xls", "save it as .xlsx or CSV"],
    ["book.numbers", "Export To, CSV"],
    ["picture.png", "Take a CSV, Excel (.xlsx) or Parquet file"],
    ["without-an-ending", "Take a CSV"],
    [".csv", "Take a CSV"],
  ])("says of %s what would work", (name, advice) => {
    expect(faultOf(file(name), 100)).toContain(advice);
  });

  it("says how large a file is, and how large it may be", () => {
    expect(faultOf(file("a.csv", "x".repeat(2000)), 1500)).toContain(
      "has 2.0 KB; at most 1.5 KB are taken",
    );
    expect(faultOf(file("a.csv", "x".repeat(2000)), null)).toBeNull();
  });

  it("does not send an empty file", () => {
    expect(faultOf(file("a.csv", ""), 100)).toContain("is empty");
  });
});

describe("headOf", () => {
  it("ends with a whole row", async () => {
    const head = await headOf(file("a.csv", "id,x\n1,2\n3,4\n"), 11, 100);
    expect(await head?.text()).toBe("id,x\n1,2\n");
  });

  it("is all of a small file, and of a packed one that is not too large", async () => {
    const small = file("a.csv");
    expect(await headOf(small, 100, 100)).toBe(small);
    const packed = file("a.xlsx", "x".repeat(50));
    expect(await headOf(packed, 10, 100)).toBe(packed);
  });

  it("is none of a large file that cannot be read in part", async () => {
    expect(await headOf(file("a.parquet", "x".repeat(200)), 10, 100)).toBeNull();
  });
});
