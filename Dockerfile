# Builds the page and the binary, fetches the pinned model, and keeps of it what the server needs. Runs as nobody in
# particular, with a read-only root where that is asked for: only /data is written.
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm python3-pip python3-venv && rm -rf /var/lib/apt/lists/*
# Debian's Node.js is older than the page's tools want.
RUN npm install --global n@10 && n 22
WORKDIR /src
COPY . .
ENV BESPOKE_MODELS=/models CARGO_TARGET_DIR=/target
RUN bash scripts/models.sh && bash scripts/web.sh && cargo build --release --locked -p bespoke-cli

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin bespoke \
 && install -d -o bespoke -g bespoke -m 0700 /data /keys /cache
COPY --from=build /target/release/bespoke /usr/local/bin/bespoke
COPY --from=build /models/minilm.onnx /models/tokenizer.json /models/minilm.stamp /models/ocr-lines.onnx /models/ocr-letters.onnx /models/ocr-letters.txt /models/ocr.stamp /models/
ENV BESPOKE_ADDR=0.0.0.0:8080 BESPOKE_DATA=/data BESPOKE_MASTER_KEY_FILE=/keys/master.key \
    BESPOKE_MODELS=/models BESPOKE_CACHE=/cache BESPOKE_LOG_FORMAT=json
USER 10001:10001
VOLUME ["/data", "/keys"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=15s CMD ["bespoke", "health"]
ENTRYPOINT ["bespoke"]
CMD ["serve"]
