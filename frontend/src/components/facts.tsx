import { Fragment } from "react";

/** Short facts beside each other. Each is isolated: a name that is written from right to left turns only itself round. */
export function Facts({ of }: { of: (string | null | undefined)[] }) {
  return of.filter(Boolean).map((fact, place) => (
    <Fragment key={place}>
      {place > 0 && " · "}
      <bdi>{fact}</bdi>
    </Fragment>
  ));
}
