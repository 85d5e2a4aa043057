const addKey = (request, z, bundle) => {
  if (bundle.authData.api_key) request.headers.Authorization = `Bearer ${bundle.authData.api_key}`;
  return request;
};

// RFC 9457: what is wrong, field by field. Zapier itself tries again after 429 and 503.
const explainProblem = (response, z) => {
  if (response.status < 400) return response;
  if (response.status === 429 || response.status === 503) throw new z.errors.ThrottledError('CustomerCrm asks for a pause.', Number(response.getHeader('retry-after')) || 60);
  if (response.status === 410) throw new z.errors.HaltedError('This is gone.');
  let problem = {};
  try {
    problem = JSON.parse(response.content);
  } catch {
    // No answer of ours: a proxy's.
  }
  const fields = (problem.errors || []).map((error) => `${error.pointer}: ${error.detail}`).join(' ');
  throw new z.errors.Error(`${problem.detail || 'The request failed.'} ${fields}`.trim(), problem.code || 'unknown', response.status);
};

module.exports = { befores: [addKey], afters: [explainProblem] };
