/** State that lives in the address, so that a link, a reload and the back button keep it. */

import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** How one piece of state is written into the address. An absent or broken parameter reads as the value `fallback`. */
export interface UrlField<T> {
  fallback: T;
  read(values: string[]): T;
  write(value: T): string[];
}

/** Free text; "" is absent. */
export function text(): UrlField<string> {
  return {
    fallback: "",
    read: ([value]) => value ?? "",
    write: (value) => (value ? [value] : []),
  };
}

/** One of `choices`. */
export function choice<T extends string>(choices: readonly T[], fallback: T): UrlField<T> {
  return {
    fallback,
    read: ([value]) => choices.find((each) => each === value) ?? fallback,
    write: (value) => (value === fallback ? [] : [value]),
  };
}

/** Any of `choices`, as a repeated parameter, in the order of `choices`. */
export function anyOf<T extends string>(choices: readonly T[]): UrlField<T[]> {
  return {
    fallback: [],
    read: (values) => choices.filter((each) => values.includes(each)),
    write: (value) => choices.filter((each) => value.includes(each)),
  };
}

/** Any texts, as a repeated parameter; each once. */
export function texts(): UrlField<string[]> {
  return {
    fallback: [],
    read: (values) => [...new Set(values.filter(Boolean))],
    write: (value) => value,
  };
}

/** A whole number of at least `minimum`. */
export function wholeNumber(minimum: number, fallback: number): UrlField<number> {
  return {
    fallback,
    read: ([value]) => {
      const said = Number(value);
      return value && Number.isSafeInteger(said) ? Math.max(minimum, said) : fallback;
    },
    write: (value) => (value === fallback ? [] : [String(value)]),
  };
}

/** A day such as 2026-05-31; null is absent. */
export function day(): UrlField<string | null> {
  return {
    fallback: null,
    read: ([value]) =>
      value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : null,
    write: (value) => (value ? [value] : []),
  };
}

type Fields = Record<string, UrlField<never> | UrlField<unknown>>;
type StateOf<F> = { [name in keyof F]: F[name] extends UrlField<infer T> ? T : never };

interface Options {
  /** Whether the change replaces the present entry of the history: while typing, so that "back" leaves the page. */
  replace?: boolean;
}

interface UrlState<S> {
  state: S;
  /** Changes what is named; `page`, where there is one and it is not named, goes back to its beginning. */
  set(changes: Partial<S>, options?: Options): void;
  /** Everything back to its fallback. */
  clear(): void;
  /** Whether anything but `page` differs from its fallback. */
  changed: boolean;
}

/** The state that `fields` describes, read from the address and written into it. `fields` must not change: declare
 *  it outside of the component. Other parameters are left alone. */
export function useUrlState<F extends Fields>(fields: F): UrlState<StateOf<F>> {
  const [parameters, setParameters] = useSearchParams();

  const state = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(fields).map(([name, field]) => [name, field.read(parameters.getAll(name))]),
      ) as StateOf<F>,
    [fields, parameters],
  );

  const set = useCallback(
    (changes: Partial<StateOf<F>>, { replace = false }: Options = {}) => {
      setParameters(
        (now) => {
          const next = new URLSearchParams(now);
          const named = "page" in changes ? changes : { page: fields.page?.fallback, ...changes };
          for (const [name, value] of Object.entries(named)) {
            const field = fields[name] as UrlField<unknown> | undefined;
            if (!field) continue;
            next.delete(name);
            for (const written of field.write(value)) next.append(name, written);
          }
          return next;
        },
        { replace, preventScrollReset: true },
      );
    },
    [fields, setParameters],
  );

  const clear = useCallback(() => {
    set(
      Object.fromEntries(
        Object.entries(fields).map(([name, field]) => [name, field.fallback]),
      ) as Partial<StateOf<F>>,
    );
  }, [fields, set]);

  const changed = Object.entries(fields).some(([name, field]) => {
    const { write } = field as UrlField<unknown>;
    return name !== "page" && write(state[name as keyof F]).join() !== write(field.fallback).join();
  });

  return { state, set, clear, changed };
}
