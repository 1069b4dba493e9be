"""What serves many callers: API, MCP, queue, limits, sessions and health."""
