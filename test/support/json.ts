/** A rate of the routes under `/rates`. */
export interface RateBody {
  id: number;
  code: string;
  name: string;
  value: number;
  created_at: string;
  nominal: number;
  effective_date: string;
  source: string;
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id?: string;
  errors?: { parameter: string; message: string }[];
}

/** Sends a request and parses its JSON answer. */
export async function getJson<Body>(url: string, init?: RequestInit): Promise<Body> {
  const response = await fetch(url, init);
  return (await response.json()) as Body;
}

/** A request with a JSON body. */
export function withBody(method: string, body: unknown): RequestInit {
  return {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
