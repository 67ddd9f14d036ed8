# SPDX-License-Identifier: MIT
"""Circles in a graph, which is a dictionary from a node to the nodes that its arrows lead to."""
import collections


def circles(graph):
    """The groups of nodes from each of which an arrow leads to all others, sorted, the largest first (Tarjan)."""
    number, lowest, stack, found = {}, {}, [], []

    def enter(node):
        number[node] = lowest[node] = len(number)
        stack.append(node)
        return node, iter(sorted(graph.get(node, ())))

    for start in sorted(graph):
        # The way down to the node that is looked at, by hand: a recursion would be as deep as the longest path.
        path = [] if start in number else [enter(start)]
        while path:
            node, others = path[-1]
            other = next(others, None)
            if other is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    group = stack[stack.index(node):]
                    del stack[-len(group):]
                    if len(group) > 1:
                        found.append(sorted(group))
            elif other not in number:
                path.append(enter(other))
            elif other in stack:
                lowest[node] = min(lowest[node], number[other])
    return sorted(found, key=lambda group: (-len(group), group))


def way_around(graph, group):
    """The shortest way from the first node of a group back to it: [first, ..., first]."""
    came, queue = {}, collections.deque([group[0]])
    while queue:
        node = queue.popleft()
        for other in sorted(graph.get(node, ())):
            if other == group[0]:
                way = [other, node]
                while way[-1] != group[0]:
                    way.append(came[way[-1]])
                return way[::-1]
            if other in group and other not in came:
                came[other] = node
                queue.append(other)
    return []
