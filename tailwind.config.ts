import type { Config } from "tailwindcss";

/** Names only; the values are CSS variables in app/ui/tokens.css, so that the large-type mode can change them. */
export default {
  content: ["./app/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        ink: "var(--ink)",
        secondary: "var(--secondary)",
        line: "var(--line)",
        ground: "var(--ground)",
        surface: "var(--surface)",
        primary: { DEFAULT: "var(--primary)", hover: "var(--primary-hover)", soft: "var(--primary-soft)" },
        official: "var(--official-red)",
        good: { DEFAULT: "var(--good)", soft: "var(--good-soft)" },
        warn: { DEFAULT: "var(--warn)", soft: "var(--warn-soft)" },
        bad: { DEFAULT: "var(--bad)", soft: "var(--bad-soft)" },
      },
      borderRadius: { DEFAULT: "6px" },
      boxShadow: { DEFAULT: "0 1px 3px rgba(27, 36, 51, 0.08)" },
      fontFamily: { sans: "var(--font-sans)" },
    },
  },
  plugins: [],
} satisfies Config;
