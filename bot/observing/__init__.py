"""What operators see of a running bot beside its log: metrics for Prometheus, traces for OpenTelemetry."""
