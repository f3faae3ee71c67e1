# The static binary and nothing beside it: for CI, and as a function of kustomize and kpt (docs/install.md, "The image").
#
# The binary is built before.  By hand:
#
#   packaging/cargo build --release --locked --target x86_64-unknown-linux-musl
#   docker build --build-arg FOLDER=target/x86_64-unknown-linux-musl/release --tag gen .
FROM scratch
# GoReleaser has the binaries by platform, as linux/amd64/gen.
ARG TARGETPLATFORM
ARG FOLDER=$TARGETPLATFORM
# Who starts functions does it as `nobody`, by that name.
COPY packaging/passwd /etc/passwd
COPY $FOLDER/gen /gen
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/gen"]
# A function is started without arguments.
CMD ["krm"]
