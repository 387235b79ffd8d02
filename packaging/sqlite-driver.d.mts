/** What `process` says of this Node. */
interface Node {
  execPath: string;
  version: string;
}

export function folderOfHeaders(node: Node): string | undefined;
