/** A confidence of 0 to 100 in a word. Of matches said to be 90 sure, 90 % are right. */
export function sureness(confidence: number): string {
  if (confidence >= 95) return "Sure";
  if (confidence >= 80) return "Very likely";
  if (confidence >= 60) return "Likely";
  return "Unsure";
}
