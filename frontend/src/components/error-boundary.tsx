import { Component, type ReactNode } from "react";
import { ErrorState } from "./error-state";

interface Props {
  children: ReactNode;
  /** A change of it tries again: the address, for one. */
  resetKey?: string;
  /** What of a page is gone, where it stands around a part of one: "The reasons cannot be shown". */
  title?: string;
}

interface State {
  error: unknown;
  resetKey: string | undefined;
}

/** Keeps a fault in one page from taking the navigation with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <ErrorState
        page={this.props.title === undefined}
        title={this.props.title ?? "This page stopped working"}
        error={this.state.error}
        onRetry={() => {
          // A new build may have taken the old one's files away: only a reload finds the new ones.
          window.location.reload();
        }}
      />
    );
  }
}
