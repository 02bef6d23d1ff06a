import { defineConfig } from "wxt";

/**
 * The public half of an RSA key: Chromium derives the extension's id from it, so the id is the same
 * in every folder and a pairing survives a move. The private half was thrown away; it signs nothing.
 */
const CHROMIUM_KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnY3GyC+xMZ1Y7hRNyFQ+qgThDz8DnzkelVeJZjSizhRry0ymnbV/9XX3ajnIxfJhWt0nngjZNtIiGmYhNjDGB+nG/S39SUIlZt/JZGy5FmupNF8XJuJ6fn6N0KNy5b0y4HF2IuMdI7E0Y+IZTYRJ7CcopTymMOP0P6XGJTDStaZpwVIwtVUeTyM4ybfsQyQOUt8HkT0xgJKlGuuFp9wAG1OFwF6Qw4qZ2yMYVBcNpyO/3lZS+txoro27sOCwjqs4mBWVe1HNW1CO5ydzq2yddunaFVn3DmyFPjeXU6cc+pDMkOuINIAcn8xCPcPvGVP3tw7xS4ctyrPDiCiucIL8dQIDAQAB";

/** Own scripts only, no plugin, no frame; the only network destination is the companion on this machine. */
const PAGE_POLICY = [
  "default-src 'self'",
  "connect-src 'self' http://127.0.0.1:*",
  "img-src 'self' data:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

export default defineConfig({
  imports: false,
  // Trusted Types forbid string sinks, and the polyfill for old browsers is dead weight here.
  vite: () => ({ build: { modulePreload: { polyfill: false } } }),
  manifest: ({ browser }) => ({
    name: "__MSG_app_name__",
    description: "__MSG_app_description__",
    default_locale: "en",
    permissions: ["storage"],
    host_permissions: ["https://www.tiktok.com/*", "http://127.0.0.1/*"],
    content_security_policy: { extension_pages: PAGE_POLICY },
    icons: { 16: "icon/16.png", 32: "icon/32.png", 48: "icon/48.png", 128: "icon/128.png" },
    action: { default_title: "__MSG_app_name__", default_icon: { 16: "icon/16.png", 32: "icon/32.png" } },
    commands: {
      "toggle-pause": {
        suggested_key: { default: "Alt+Shift+P" },
        description: "__MSG_command_pause__",
      },
    },
    ...(browser === "firefox"
      ? {
          browser_specific_settings: {
            gecko: {
              id: "buysignal@buysignal.invalid",
              strict_min_version: "140.0",
              // The companion is a program outside the browser: by Mozilla's rules that is a transmission.
              data_collection_permissions: { required: ["websiteContent"] },
            },
            gecko_android: { strict_min_version: "142.0" },
          },
        }
      : { key: CHROMIUM_KEY, minimum_chrome_version: "116" }),
  }),
});
