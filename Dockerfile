# syntax=docker/dockerfile:1
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No install script is needed: Muster makes the links of the embedded PostgreSQL itself.
# `npm ci` wants the packages of all platforms in the lockfile, and refuses one without macOS' and
# Windows'. So what is here afterwards is held against the lockfile, package by package.
RUN npm install --ignore-scripts --no-save --no-audit --no-fund \
  && node -e "const { packages: named } = require('./package-lock.json'); const made = Object.entries(require('./node_modules/.package-lock.json').packages); const odd = made.filter(([path, { integrity }]) => !integrity || integrity !== named[path]?.integrity); if (made.length < 100 || odd.length > 0) throw new Error('not of the lockfile: ' + odd.map(([path]) => path));"
COPY tsconfig.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
# Chinese, Japanese and Korean in pictures; the typeface that Muster brings has no such letters.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-droid-fallback \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --chown=root:root package.json ./
COPY --chown=root:root drizzle ./drizzle
# What `import` and `verify` hold exported files against.
COPY --chown=root:root docs/record.schema.json ./docs/
# Only the embedded PostgreSQL writes to disk, and only here: the root can be read-only (docs/compose.yaml).
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=40", "--enable-source-maps", "dist/main.js"]
