"""Serving many callers: API and MCP endpoints, queues, limits, sessions and health."""
