/** The nonce of this page's content security policy; "" where it is served without one. Browsers hide the attribute
 *  from selectors and from getAttribute, and show it to scripts as a property. */
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}
