# The compiler that better-sqlite3 may need, and everything else that only builds, stays in the first stage.
FROM node:22-bookworm-slim AS build
RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /kurs
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LOG_FORMAT=json DATABASE_URL=sqlite:/data/kurs.db
WORKDIR /kurs
COPY --from=build /kurs/package.json /kurs/LICENSE ./
COPY --from=build /kurs/node_modules node_modules
COPY --from=build /kurs/dist dist
COPY --from=build /kurs/clients/js clients/js
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# Whether the process answers; whether requests may come is for the balancer to ask (/health/ready).
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
