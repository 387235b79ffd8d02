# Builds in the first stage; the second one has Node, no shell, no package manager and no root.
# It runs on the machine that builds, whatever the image is for: nothing in it is compiled for one architecture.
FROM --platform=$BUILDPLATFORM node:22-bookworm-slim AS build
ARG TARGETARCH
WORKDIR /kurs
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build \
  && npm prune --omit=dev \
  && node packaging/slim.mjs node_modules $TARGETARCH \
  && find dist -name '*.map' -delete \
  && rm -r dist/.tsbuildinfo clients/js/src \
  && mkdir /data

FROM gcr.io/distroless/nodejs22-debian12
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Kurs" \
  org.opencontainers.image.description="Official exchange rates of the Bank of Russia over REST, WebSocket and NATS" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION"
# Relative addresses of a database begin at /kurs, which is read-only: the volume is named in full.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LOG_FORMAT=json DATABASE_URL=sqlite:/data/kurs.db PATH=/nodejs/bin:/usr/bin:/bin
WORKDIR /kurs
COPY --from=build /kurs/package.json /kurs/LICENSE ./
COPY --from=build /kurs/node_modules node_modules
COPY --from=build /kurs/dist dist
COPY --from=build /kurs/clients/js clients/js
COPY --from=build --chown=1000:1000 /data /data
# The ids of the user "node" of older images, whose volumes go on working.
USER 1000:1000
VOLUME /data
EXPOSE 3000
# Liveness; load balancers ask /health/ready.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT []
CMD ["node", "dist/main.js"]
