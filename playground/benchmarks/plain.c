/* The plainest backpropagation in C, as one would write it down first: sample by sample, neuron by neuron.
   Row-major W (n_out, n_in) for each layer and then b; tanh in all layers with half the squared error, or,
   with `softmax`, softmax and its cross-entropy in the last. Mini-batches in the given order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void forward(int layers, const int *sizes, const double *w, double **a, int softmax) {
    for (int k = 0; k < layers; k++) {
        int n_in = sizes[k], n_out = sizes[k + 1];
        const double *b = w + n_in * n_out;
        for (int j = 0; j < n_out; j++) {
            double z = b[j];
            for (int i = 0; i < n_in; i++) z += w[j * n_in + i] * a[k][i];
            a[k + 1][j] = softmax && k == layers - 1 ? z : tanh(z);
        }
        w = b + n_out;
    }
    if (softmax) {
        double *y = a[layers], largest = y[0], total = 0.0;
        int n = sizes[layers];
        for (int j = 1; j < n; j++) if (y[j] > largest) largest = y[j];
        for (int j = 0; j < n; j++) total += y[j] = exp(y[j] - largest);
        for (int j = 0; j < n; j++) y[j] /= total;
    }
}

/* `steps` updates, and the mean loss of each batch before it; `order` holds the rows of every epoch, one epoch after the other. */
void train(int layers, const int *sizes, double *parameters, const double *x, const double *t, int samples,
           const long *order, int batch, double eta, long steps, int softmax, double *losses) {
    int total = 0, units = 0;
    for (int k = 0; k < layers; k++) total += (sizes[k] + 1) * sizes[k + 1];
    for (int k = 0; k <= layers; k++) units += sizes[k];
    double *gradient = malloc(total * sizeof *gradient), *room = malloc(2 * units * sizeof *room);
    double **a = malloc((layers + 1) * sizeof *a), **delta = malloc((layers + 1) * sizeof *delta);
    for (int k = 0, at = 0; k <= layers; at += sizes[k++]) a[k] = room + at, delta[k] = room + units + at;
    int place = 0;
    for (long step = 0; step < steps; step++) {
        int m = batch < samples - place ? batch : samples - place;
        double loss = 0.0;
        memset(gradient, 0, total * sizeof *gradient);
        for (int s = 0; s < m; s++) {
            long row = order[place + s];
            memcpy(a[0], x + row * sizes[0], sizes[0] * sizeof **a);
            forward(layers, sizes, parameters, a, softmax);
            for (int j = 0; j < sizes[layers]; j++) {
                double y = a[layers][j], target = t[row * sizes[layers] + j], difference = y - target;
                if (!softmax) loss += 0.5 * difference * difference;
                else if (target > 0) loss -= target * log(y);
                delta[layers][j] = softmax ? difference : difference * (1 - y * y);
            }
            int first = total;
            for (int k = layers - 1; k >= 0; k--) {
                int n_in = sizes[k], n_out = sizes[k + 1];
                first -= (n_in + 1) * n_out;
                for (int j = 0; j < n_out; j++) {
                    double d = delta[k + 1][j];
                    for (int i = 0; i < n_in; i++) gradient[first + j * n_in + i] += d * a[k][i];
                    gradient[first + n_in * n_out + j] += d;
                }
                if (k == 0) break;
                for (int i = 0; i < n_in; i++) {
                    double sum = 0.0;
                    for (int j = 0; j < n_out; j++) sum += parameters[first + j * n_in + i] * delta[k + 1][j];
                    delta[k][i] = sum * (1 - a[k][i] * a[k][i]);
                }
            }
        }
        for (int p = 0; p < total; p++) parameters[p] -= eta * gradient[p] / m;
        losses[step] = loss / m;
        place += m;
        if (place >= samples) place = 0, order += samples;
    }
    free(gradient), free(room), free(a), free(delta);
}
