import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `bin/dev` proxies to a running server; production is served by the server itself from web/dist.
const server = process.env.OUTPOST_URL ?? 'http://localhost:8065'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Scripts find each other relative to themselves; the server makes the addresses in the page absolute, below the site's path.
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsDir: 'static/assets',
    // Browsers two years back.
    target: ['chrome130', 'firefox132', 'safari18'],
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true, changeOrigin: true },
      '/oauth': { target: server },
      '/static/config': { target: server },
    },
  },
})
