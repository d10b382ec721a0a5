// Explains what the curves mean and what they do not.

/** @param {{ children?: import('preact').ComponentChildren }} props */
export function Honest({ children }) {
  return (
    <section class="honest" aria-labelledby="honest-title">
      <h2 id="honest-title">What the curves mean, and what they don’t</h2>
      {children}
      <dl>
        <div>
          <dt>It does not learn to tell digits apart.</dt>
          <dd>
            After the papers’ run every image gives nearly the same output: over the 1000 images the standard deviation
            of the last layer’s <i>D</i> is about 3·10⁻⁶, and the largest neuron is always the same one. Finding the
            nearest neighbour by what a layer says of two images falls from 87.5, 84.7, 81.1 and 49.3 % right in layers
            1 to 4 before the run to 63.7, 26.9, 14.1 and 13.7 % after it; raw pixels give 88.0 %. (So in double
            precision; the engine’s single-precision numbers, which “Inside the network” shows, move the last layer’s by
            a per cent.) SKA is no classifier here.
          </dd>
        </div>
        <div>
          <dt>Time is η·k.</dt>
          <dd>
            The entropy minima lie at nearly the same <i>t</i> = η·<i>k</i> for every η with the same τ = η·<i>K</i>.
            Try 25 steps with η 0.02, or 100 with 0.005. The depth of the minima agrees only after division by η.
          </dd>
        </div>
        <div>
          <dt>The “equilibrium” at τ = 0.5 is passing.</dt>
          <dd>
            Go on to τ = 1, 2 or 4 (100, 200 or 400 steps at η 0.01): the entropies of all layers move on towards 0 and
            the outputs saturate.
          </dd>
        </div>
        <div>
          <dt>One printed sign is wrong.</dt>
          <dd>
            The second paper prints ∇<i>H</i> in the tensor net with a minus sign; only the plus sign reproduces its
            figures, and the engine uses that.
          </dd>
        </div>
      </dl>
    </section>
  );
}
