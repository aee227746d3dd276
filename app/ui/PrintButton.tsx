import { Printer } from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "./Button";

/** Prints this page. Without script it is not there: the browser's own menu prints the same sheet. */
export function PrintButton({ label = "打印" }: { label?: string | undefined }) {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  if (!ready) return null;
  return (
    <Button onClick={() => window.print()}>
      <Printer className="h-4 w-4" strokeWidth={1.75} aria-hidden />
      {label}
    </Button>
  );
}
